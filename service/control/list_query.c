/* SPDX-License-Identifier: MIT */
#include "control/list_query.h"

#include "control/list_key.h"
#include "control/list_params.h"

struct ListRunner {
	Control *control;
	GQueue queries; /* of ListQuery */
	Timer step;
};

static void run_slice(Timer *timer, void *data);

static void
query_free(ListQuery *query)
{
	list_heap_clear(&query->first);
	g_free(query->after.text);
	g_free(query->filter);
	bytes_clear(&query->rows);
	g_free(query);
}

Community *
list_community(const ListQuery *query)
{
	return query->call->control->setup.community;
}

Handle
list_parent(const ListQuery *query)
{
	return query->parent;
}

void
list_context(const Control *control, unsigned role, ListContext *ret_context)
{
	*ret_context = (ListContext){
	    .now = clock_wall(control->setup.clock),
	    .monotonic = clock_monotonic(control->setup.clock),
	    .role = role,
	};
}

static int
append_text(const char *buffer, size_t size, void *data)
{
	bytes_append(data, buffer, size);
	return 0;
}

/* Steals the reference. */
static void
append_row(ListQuery *query, json_t *row)
{
	if (query->n_rows++ > 0)
		bytes_append_char(&query->rows, ',');
	json_dump_callback(row, append_text, &query->rows, JSON_COMPACT);
	json_decref(row);
}

static json_t *
build_row(const ListSource *source, const void *object, const ListContext *context, uint32_t wanted)
{
	json_t *row = json_object();

	for (unsigned i = 0; i < source->n_fields; i++) {
		ListValue value = {.kind = LIST_NULL};

		if (!(wanted & (1u << i)))
			continue;
		source->fields[i].get(object, context, &value);
		json_object_set_new(row, source->fields[i].name, list_value_json(&value));
		g_free(value.owned);
	}
	return row;
}

json_t *
list_row(const ListSource *source, const void *object, const ListContext *context)
{
	return build_row(source, object, context, UINT32_MAX);
}

/* Does the object belong into the list? Counts it and remembers where it stands. */
static void
consider(ListQuery *query, const void *object)
{
	const ListSource *source = query->source;
	ListValue value = {.kind = LIST_NULL};
	ListKey key;

	if (!list_filter_matches(query, object))
		return;
	query->total++;
	source->fields[query->sort].get(object, &query->context, &value);
	key = list_key_of(&value, source->handle(object));
	if (!query->has_after ||
	    list_key_compare(&key, &query->after, query->first.descending) > 0) {
		query->following++;
		list_heap_offer(&query->first, &key);
	}
	g_free(value.owned);
}

static bool
is_slice_over(const ListQuery *query, unsigned done, unsigned most)
{
	const Clock *clock = query->call->control->setup.clock;

	if (query->source->whole && query->phase == LIST_SCANNING)
		return false;
	return done >= most ||
	       (done % 64 == 0 &&
		   clock_monotonic(clock) - query->context.monotonic > LIST_SLICE_TIME);
}

static void
scan_slice(ListQuery *query)
{
	const void *object;

	for (unsigned done = 0; !is_slice_over(query, done, LIST_SLICE_OBJECTS); done++) {
		object = query->source->next(query, &query->cursor);
		if (!object) {
			list_heap_sort(&query->first);
			query->phase = LIST_WRITING;
			return;
		}
		consider(query, object);
	}
}

static void
write_slice(ListQuery *query)
{
	for (unsigned done = 0; !is_slice_over(query, done, LIST_SLICE_ROWS); done++) {
		const void *object;

		if (query->written == query->first.n_keys) {
			query->phase = LIST_DONE;
			return;
		}
		object = query->source->find(query, query->first.keys[query->written++].handle);
		if (!object)
			continue;
		if (query->paged)
			append_row(query,
			    build_row(query->source, object, &query->context, query->wanted));
		else
			append_row(query, query->source->row(query->call, object, query->level));
	}
}

static void
write_all_slice(ListQuery *query)
{
	for (unsigned done = 0; !is_slice_over(query, done, LIST_SLICE_ROWS); done++) {
		const void *object = query->source->next(query, &query->cursor);

		if (!object || query->rows.failed) {
			query->phase = LIST_DONE;
			return;
		}
		append_row(query, query->source->row(query->call, object, query->level));
	}
}

static void
finish_query(ListQuery *query)
{
	ControlCall *call = query->call;
	bool more = query->following > query->first.n_keys;

	bytes_append_char(&query->rows, ']');
	if (query->paged) {
		g_autofree char *cursor = more ? list_cursor_write(query->sort_text,
						     &query->first.keys[query->first.n_keys - 1])
					       : NULL;

		bytes_append_format(&query->rows,
		    ",\"next_cursor\":%s%s%s,\"total\":%" G_GUINT64_FORMAT, cursor ? "\"" : "",
		    cursor ? cursor : "null", cursor ? "\"" : "", (guint64)query->total);
	}
	bytes_append_string(&query->rows, query->collected ? "}}" : "}");
	if (query->rows.failed) {
		call_refuse(call, CONTROL_ERROR_INTERNAL,
		    "The answer is longer than %d bytes: use limit", CONTROL_ANSWER_MAX);
		call_finish(call, NULL);
	} else {
		call_finish_text(call, query->rows.data, query->rows.length);
	}
}

static void
step_query(ListQuery *query)
{
	list_context(query->call->control, query->call->role, &query->context);
	if (query->phase == LIST_SCANNING)
		scan_slice(query);
	else if (query->paged || query->collected)
		write_slice(query);
	else
		write_all_slice(query);
}

static void
schedule(ListRunner *runner)
{
	const ControlSetup *setup = &runner->control->setup;

	if (!g_queue_is_empty(&runner->queries) && !timer_is_set(&runner->step))
		timers_set(setup->community->timers, &runner->step, clock_monotonic(setup->clock),
		    run_slice, runner);
}

/* One slice of one query; they take turns. */
static void
run_slice(Timer *timer, void *data)
{
	ListRunner *runner = data;
	ListQuery *query = g_queue_pop_head(&runner->queries);

	if (query) {
		step_query(query);
		if (query->phase == LIST_DONE) {
			finish_query(query);
			query_free(query);
		} else {
			g_queue_push_tail(&runner->queries, query);
		}
	}
	schedule(runner);
}

/* Nobody waits for the list any more: the call ends here. */
static void
abandon_query(ControlCall *call)
{
	ListQuery *query = call->work;

	g_queue_remove(&call->control->lists->queries, query);
	query_free(query);
	call_refuse(call, CONTROL_ERROR_TIMEOUT, "Nobody waits for this list any more");
	call_finish(call, NULL);
}

/* `head` is the answer up to the rows. */
static json_t *
start_query(ListQuery *query, const char *head)
{
	ControlCall *call = query->call;
	ListRunner *runner = call->control->lists;

	bytes_init(&query->rows, CONTROL_ANSWER_MAX);
	bytes_append_string(&query->rows, head);
	call->work = query;
	call->abandon = abandon_query;
	g_queue_push_tail(&runner->queries, query);
	schedule(runner);
	return call_wait(call);
}

json_t *
list_page(ControlCall *call, const ListSource *source, Handle parent)
{
	ListQuery *query = g_new0(ListQuery, 1);

	query->call = call;
	query->source = source;
	query->parent = parent;
	query->paged = true;
	if (!list_params_read(query)) {
		query_free(query);
		return NULL;
	}
	return start_query(query, "{\"list\":[");
}

json_t *
list_all(ControlCall *call, const ListSource *source, unsigned level)
{
	ListQuery *query = g_new0(ListQuery, 1);

	query->call = call;
	query->source = source;
	query->level = level;
	query->phase = LIST_WRITING;
	return start_query(query, "{\"list\":[");
}

/* Whose cursor does not survive changes is collected first: handles are cheap. */
static void
collect(ListQuery *query)
{
	const void *object;

	while ((object = query->source->next(query, &query->cursor)) &&
	       query->first.n_keys < query->first.capacity)
		query->first.keys[query->first.n_keys++] =
		    (ListKey){.handle = query->source->handle(object)};
}

json_t *
list_parts(ControlCall *call, const ListSource *source, Handle parent, unsigned count,
    unsigned level, const char *head)
{
	ListQuery *query = g_new0(ListQuery, 1);

	query->call = call;
	query->source = source;
	query->parent = parent;
	query->level = level;
	query->collected = true;
	query->phase = LIST_WRITING;
	list_heap_init(&query->first, count, false);
	collect(query);
	return start_query(query, head);
}

ListRunner *
list_runner_new(Control *control)
{
	ListRunner *runner = g_new0(ListRunner, 1);

	runner->control = control;
	g_queue_init(&runner->queries);
	return runner;
}

void
list_runner_free(ListRunner *runner)
{
	ListQuery *query;

	if (!runner)
		return;
	timers_cancel(runner->control->setup.community->timers, &runner->step);
	while ((query = g_queue_peek_head(&runner->queries)))
		call_abandon(query->call);
	g_free(runner);
}
