/* SPDX-License-Identifier: MIT */
#include "modcheck/trial_load.h"

#include "modcheck/child_process.h"
#include "modcheck/module_load.h"
#include "modcheck/snapin_note.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MOST_PRINTED_LINES 8
#define PASSED "ok"

/* The answer has four lines: kind or "ok", found, wanted, the loader's text. */
enum { ANSWER_KIND, ANSWER_FOUND, ANSWER_WANTED, ANSWER_TEXT, N_ANSWER_LINES };

G_GNUC_NORETURN static void
answer(const ModuleFinding *finding)
{
	int descriptor =
	    fcntl(CHILD_REPORT_DESCRIPTOR, F_GETFD) < 0 ? STDOUT_FILENO : CHILD_REPORT_DESCRIPTOR;
	g_autofree char *text = NULL;
	gsize size;

	if (!finding)
		text = g_strdup(PASSED "\n\n\n\n");
	else
		text = g_strdup_printf("%s\n%s\n%s\n%s\n", module_kind_id(finding->kind),
		    finding->found ? finding->found : "", finding->wanted ? finding->wanted : "",
		    finding->loader_text ? finding->loader_text : "");
	size = strlen(text);
	for (gsize done = 0; done < size;) {
		ssize_t n = write(descriptor, text + done, size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(1);
		done += (gsize)n;
	}
	/* Not exit(): what the module registered to run at the end is not asked for. */
	_exit(finding ? 1 : 0);
}

void
trial_load_probe(const char *path, const ModuleContract *contract)
{
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);
	g_autoptr(ModuleReport) report = module_report_new("probe", absolute);
	ModuleFinding *finding = NULL;
	SnapinExpectation anything = {0};
	int fd = open(absolute, O_RDONLY | O_CLOEXEC);
	ElfFile elf;

	if (fd < 0 || elf_file_init_fd(&elf, fd, NULL) != ELF_OK ||
	    !snapin_note_check(report, absolute, &elf, contract, &anything)) {
		finding = report->findings->len ? report->findings->pdata[0]
						: module_finding_new(MODULE_LOAD_FAILED,
						      &(ModuleFacts){.path = absolute});
		answer(finding);
	}
	module_load(absolute, contract, &report->note, 0, &finding);
	answer(finding);
}

static ModuleFinding *
finding_of_end(const ChildResult *result, const char *path, const char *package, guint seconds)
{
	g_autofree char *found = NULL;
	ModuleKind kind;

	if (result->timed_out) {
		kind = MODULE_LOAD_TIMEOUT;
		found = g_strdup_printf("%u", seconds);
	} else if (result->signal) {
		const char *name = sigabbrev_np(result->signal);

		kind = MODULE_CRASHED_WHILE_LOADING;
		found = name ? g_strdup_printf("SIG%s: %s", name, sigdescr_np(result->signal))
			     : g_strdup_printf("signal %d", result->signal);
	} else {
		kind = MODULE_EXITED_WHILE_LOADING;
		found = g_strdup_printf("%d", result->exit_status);
	}
	return module_finding_new(
	    kind, &(ModuleFacts){.path = path, .found = found, .package = package});
}

/* NULL if the child did not come as far as to answer; else a finding, or `ret_passed`. */
static ModuleFinding *
finding_of_answer(const ChildResult *result, const char *path, gboolean *ret_passed)
{
	g_auto(GStrv) lines = g_strsplit(result->report->str, "\n", N_ANSWER_LINES + 1);
	ModuleFinding *finding;
	ModuleKind kind;

	*ret_passed = FALSE;
	if (g_strv_length(lines) <= N_ANSWER_LINES)
		return NULL;
	if (!strcmp(lines[ANSWER_KIND], PASSED)) {
		*ret_passed = !result->timed_out && !result->signal && result->exit_status == 0;
		return NULL;
	}
	if (!module_kind_from_id(lines[ANSWER_KIND], &kind) ||
	    (kind != MODULE_LOAD_FAILED && kind != MODULE_NO_ENTRY_POINT &&
		kind != MODULE_DESCRIPTOR_MISMATCH))
		return NULL;
	finding = module_finding_new(
	    kind, &(ModuleFacts){
		      .path = path, .found = lines[ANSWER_FOUND], .wanted = lines[ANSWER_WANTED]});
	if (*lines[ANSWER_TEXT])
		module_finding_set_loader_text(finding, lines[ANSWER_TEXT]);
	return finding;
}

/* Its last lines: what a program says before it dies is the best clue there is. */
static void
add_printed(ModuleFinding *finding, const ChildResult *result)
{
	g_auto(GStrv) lines = g_strsplit(g_strchomp(result->output->str), "\n", -1);
	int count = (int)g_strv_length(lines);

	for (int i = MAX(0, count - MOST_PRINTED_LINES); i < count; i++)
		if (*lines[i])
			module_finding_add_detail(finding, "it printed: %s", lines[i]);
}

static gboolean
judge(ModuleReport *report, const char *path, ChildResult *result, guint seconds)
{
	gboolean passed;
	ModuleFinding *finding = finding_of_answer(result, path, &passed);

	if (passed) {
		module_report_pass(report, MODULE_STAGE_TRIAL, "loaded in a process of its own");
		module_report_pass(report, MODULE_STAGE_DESCRIPTOR, "agrees with the note");
		return TRUE;
	}
	if (!finding)
		finding = finding_of_end(result, path, report->package, seconds);
	add_printed(finding, result);
	if (module_kind_stage(finding->kind) == MODULE_STAGE_DESCRIPTOR)
		module_report_pass(report, MODULE_STAGE_TRIAL, "loaded in a process of its own");
	module_report_take(report, finding);
	return FALSE;
}

gboolean
trial_load_check(ModuleReport *report, const char *path, const char *const *probe,
    const ModuleContract *contract, guint seconds)
{
	g_autoptr(GPtrArray) arguments = g_ptr_array_new();
	g_auto(GStrv) environment = child_environment();
	g_autoptr(GError) error = NULL;
	ChildRequest request = {.environment = (const char *const *)environment,
	    .milliseconds = (seconds ? seconds : TRIAL_SECONDS) * 1000,
	    .wants_report = TRUE};
	ChildResult result;
	gboolean good;

	if (!probe) {
		module_report_skip(report, MODULE_STAGE_TRIAL, "no program to try it in");
		return TRUE;
	}
	for (const char *const *word = probe; *word; word++)
		g_ptr_array_add(arguments, (gpointer)*word);
	g_ptr_array_add(arguments, (gpointer)path);
	g_ptr_array_add(arguments, NULL);
	request.arguments = (const char *const *)arguments->pdata;
	if (!child_run(&request, &result, &error)) {
		module_report_skip(report, MODULE_STAGE_TRIAL, "%s", error->message);
		return TRUE;
	}
	good = judge(report, path, &result, seconds ? seconds : TRIAL_SECONDS);
	child_result_clear(&result);
	return good;
}
