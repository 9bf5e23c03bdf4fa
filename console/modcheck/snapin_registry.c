/* SPDX-License-Identifier: MIT */
#include "modcheck/snapin_registry.h"

#include <string.h>
#include <sys/stat.h>

#define GROUP "Snapin"
#define SUFFIX ".snapin"
#define MOST_ENTRIES 256u
#define MOST_KEY_FILE_BYTES 65536
#define MOST_SCHEMES 16u

struct SnapinRegistry {
	GPtrArray *entries; /* SnapinEntry * */
};

static void
entry_free(gpointer data)
{
	SnapinEntry *entry = data;

	g_free(entry->id);
	g_free(entry->name);
	g_free(entry->module_path);
	g_free(entry->package);
	g_free(entry->help);
	g_strfreev(entry->schemes);
	g_free(entry->key_file);
	g_free(entry->duplicate_of);
	g_free(entry->problem);
	g_free(entry);
}

/* It becomes part of a command that people type. */
static gboolean
package_is_valid(const char *package)
{
	for (const char *c = package; *c; c++)
		if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && !strchr("+.-", *c))
			return FALSE;
	return g_ascii_isalnum(*package) && strlen(package) <= 128;
}

static gboolean
module_is_valid(const char *module)
{
	return *module != '.' && !strchr(module, '/') && g_str_has_suffix(module, ".so") &&
	       strlen(module) <= 255;
}

/* Follows RFC 3986: a letter, then letters, digits, + - . */
static gboolean
scheme_is_valid(const char *scheme)
{
	for (const char *c = scheme; *c; c++)
		if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && !strchr("+.-", *c))
			return FALSE;
	return g_ascii_islower(*scheme);
}

static GKeyFile *
open_key_file(SnapinEntry *entry)
{
	g_autoptr(GKeyFile) keys = g_key_file_new();
	g_autoptr(GError) error = NULL;
	struct stat status;

	if (stat(entry->key_file, &status) == 0 &&
	    (!S_ISREG(status.st_mode) || status.st_size > MOST_KEY_FILE_BYTES)) {
		entry->problem =
		    g_strdup_printf("it is not a file of at most %d bytes", MOST_KEY_FILE_BYTES);
		return NULL;
	}
	if (!g_key_file_load_from_file(keys, entry->key_file, G_KEY_FILE_NONE, &error)) {
		entry->problem = g_strdup(error->message);
		return NULL;
	}
	if (!g_key_file_has_group(keys, GROUP)) {
		entry->problem = g_strdup("it has no group [" GROUP "]");
		return NULL;
	}
	return g_steal_pointer(&keys);
}

/* NULL with a problem noted if it is absent or not allowed. */
static char *
read_required(SnapinEntry *entry, GKeyFile *keys, const char *key,
    gboolean (*is_valid)(const char *), const char *allowed)
{
	g_autofree char *value = g_key_file_get_string(keys, GROUP, key, NULL);

	if (value && is_valid(value))
		return g_steal_pointer(&value);
	if (!entry->problem)
		entry->problem =
		    value ? g_strdup_printf("%s is \"%s\", allowed is %s", key, value, allowed)
			  : g_strdup_printf("%s is missing (%s)", key, allowed);
	return NULL;
}

static void
read_optional(SnapinEntry *entry, GKeyFile *keys)
{
	g_autofree char *package = g_key_file_get_string(keys, GROUP, "Package", NULL);
	g_auto(GStrv) schemes = g_key_file_get_string_list(keys, GROUP, "Schemes", NULL, NULL);
	g_autofree char *name = g_key_file_get_locale_string(keys, GROUP, "Name", NULL, NULL);

	if (name && *name) {
		g_free(entry->name);
		entry->name = g_steal_pointer(&name);
	}
	entry->help = g_key_file_get_string(keys, GROUP, "Help", NULL);
	if (package && package_is_valid(package))
		entry->package = g_steal_pointer(&package);
	else if (package && !entry->problem)
		entry->problem =
		    g_strdup_printf("Package is \"%s\", allowed is a package's name", package);
	for (guint i = 0; schemes && schemes[i] && !entry->problem; i++)
		if (i >= MOST_SCHEMES || !scheme_is_valid(schemes[i]))
			entry->problem =
			    g_strdup_printf("Schemes has \"%s\", allowed are at most %u "
					    "of a-z, 0-9, +, - and . (a letter first)",
				schemes[i], MOST_SCHEMES);
	if (schemes && !entry->problem) {
		g_strfreev(entry->schemes);
		entry->schemes = g_steal_pointer(&schemes);
	}
}

static SnapinEntry *
read_entry(const char *folder, const char *file)
{
	SnapinEntry *entry = g_new0(SnapinEntry, 1);
	g_autofree char *stem = g_strndup(file, strlen(file) - strlen(SUFFIX));
	g_autofree char *id = NULL;
	g_autofree char *module = NULL;
	g_autoptr(GKeyFile) keys = NULL;

	entry->key_file = g_build_filename(folder, file, NULL);
	entry->schemes = g_new0(char *, 1);
	keys = open_key_file(entry);
	if (keys) {
		id = read_required(entry, keys, "Id", snapin_id_is_valid,
		    "a-z, 0-9 and - (a letter first, at most 31)");
		module = read_required(entry, keys, "Module", module_is_valid,
		    "the name of a .so file in the same folder");
	}
	entry->id = id ? g_steal_pointer(&id) : g_utf8_make_valid(stem, -1);
	entry->name = g_strdup(entry->id);
	if (keys)
		read_optional(entry, keys);
	if (!entry->problem)
		entry->module_path = g_build_filename(folder, module, NULL);
	return entry;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
read_folder(SnapinRegistry *registry, const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;

	while (dir && names->len < MOST_ENTRIES && (name = g_dir_read_name(dir)))
		if (g_str_has_suffix(name, SUFFIX) && strlen(name) > strlen(SUFFIX) && *name != '.')
			g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, compare_names);
	for (guint i = 0; i < names->len && registry->entries->len < MOST_ENTRIES; i++) {
		SnapinEntry *entry = read_entry(folder, names->pdata[i]);
		const SnapinEntry *first = snapin_registry_find(registry, entry->id);

		if (first)
			entry->duplicate_of = g_strdup(first->key_file);
		g_ptr_array_add(registry->entries, entry);
	}
}

SnapinRegistry *
snapin_registry_read(const SnapinPath *path)
{
	SnapinRegistry *registry = g_new0(SnapinRegistry, 1);

	registry->entries = g_ptr_array_new_with_free_func(entry_free);
	for (guint i = 0; i < path->folders->len; i++)
		read_folder(registry, path->folders->pdata[i]);
	return registry;
}

void
snapin_registry_free(SnapinRegistry *registry)
{
	if (!registry)
		return;
	g_ptr_array_unref(registry->entries);
	g_free(registry);
}

guint
snapin_registry_count(const SnapinRegistry *registry)
{
	return registry->entries->len;
}

const SnapinEntry *
snapin_registry_entry(const SnapinRegistry *registry, guint index)
{
	g_assert(index < registry->entries->len);
	return registry->entries->pdata[index];
}

const SnapinEntry *
snapin_registry_find(const SnapinRegistry *registry, const char *id)
{
	for (guint i = 0; i < registry->entries->len; i++) {
		const SnapinEntry *entry = registry->entries->pdata[i];

		if (!strcmp(entry->id, id))
			return entry;
	}
	return NULL;
}

const SnapinEntry *
snapin_registry_find_module(const SnapinRegistry *registry, const char *path)
{
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);

	for (guint i = 0; i < registry->entries->len; i++) {
		const SnapinEntry *entry = registry->entries->pdata[i];

		if (g_strcmp0(entry->module_path, absolute) == 0)
			return entry;
	}
	return NULL;
}

const SnapinEntry *
snapin_registry_find_scheme(const SnapinRegistry *registry, const char *scheme)
{
	for (guint i = 0; i < registry->entries->len; i++) {
		const SnapinEntry *entry = registry->entries->pdata[i];

		if (!entry->duplicate_of &&
		    g_strv_contains((const char *const *)entry->schemes, scheme))
			return entry;
	}
	return NULL;
}

ModuleReport *
snapin_registry_check(const SnapinEntry *entry, const ModuleCheckOptions *options)
{
	ModuleCheckOptions own = *options;
	ModuleReport *report;

	own.name = entry->id;
	own.package = entry->package;
	own.expectation = (SnapinExpectation){entry->id, entry->key_file, entry->duplicate_of};
	if (!entry->problem)
		return module_check(entry->module_path, &own);
	report = module_report_new(entry->id, entry->key_file);
	report->package = g_strdup(entry->package);
	module_report_take(report,
	    module_finding_new(MODULE_REGISTRATION_INVALID, &(ModuleFacts){.path = entry->key_file,
								.subject = entry->key_file,
								.found = entry->problem,
								.package = entry->package}));
	return report;
}

ModuleReport *
snapin_registry_report_absent(const char *name, const SnapinPath *path)
{
	g_auto(GStrv) suggested = snapin_path_suggested();
	gboolean is_known = g_strv_contains((const char *const *)suggested, name);
	ModuleReport *report = module_report_new(name, NULL);
	ModuleFinding *finding = module_finding_new(
	    MODULE_NOT_INSTALLED, &(ModuleFacts){.package = is_known ? name : NULL});

	report->package = g_strdup(is_known ? name : NULL);
	for (guint i = 0; i < path->folders->len; i++)
		module_finding_add_detail(finding, "looked for %s" SUFFIX " in %s", name,
		    (char *)path->folders->pdata[i]);
	if (!is_known)
		module_finding_add_remedy(finding, FALSE,
		    "Check the name; what is registered: chat-console --list-snapins");
	module_report_take(report, finding);
	return report;
}
