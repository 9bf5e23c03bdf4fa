/* SPDX-License-Identifier: MIT */
#include "modcheck/module_path.h"

#include "modcheck/file_owner.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

static const char *
describe_type(mode_t mode)
{
	static const struct {
		mode_t type;
		const char *words;
	} types[] = {
	    {S_IFDIR, "a directory"},
	    {S_IFIFO, "a named pipe"},
	    {S_IFSOCK, "a socket"},
	    {S_IFCHR, "a device"},
	    {S_IFBLK, "a disk"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(types); i++)
		if ((mode & S_IFMT) == types[i].type)
			return types[i].words;
	return "something else";
}

/* The outermost folder on the way that may not be entered, else the file itself. */
static char *
find_barrier(const char *path)
{
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);

	for (char *slash = strchr(absolute + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		g_autofree char *folder = g_strndup(absolute, (gsize)(slash - absolute));

		if (faccessat(AT_FDCWD, folder, X_OK, AT_EACCESS) && errno == EACCES)
			return g_steal_pointer(&folder);
	}
	return g_steal_pointer(&absolute);
}

static void
refuse_permission(ModuleReport *report, const char *path)
{
	g_autofree char *barrier = find_barrier(path);
	g_autofree char *name = user_name(geteuid());
	g_autofree char *user = g_strdup_printf("the user %s", name);
	g_autofree char *owner = NULL;
	g_autofree char *found = NULL;
	struct stat status;
	ModuleFacts facts = {.path = path, .subject = barrier, .by = user};
	gboolean is_folder;

	if (stat(barrier, &status)) {
		found = g_strdup(g_strerror(EACCES));
		is_folder = FALSE;
	} else {
		owner = mode_and_owner(&status);
		is_folder = S_ISDIR(status.st_mode);
		found = is_folder ? g_strdup_printf("the folder %s has %s", barrier, owner)
				  : g_strdup_printf("it has %s", owner);
	}
	facts.found = found;
	ModuleFinding *finding = module_finding_new(MODULE_PERMISSION_DENIED, &facts);

	if (is_folder) {
		g_autofree char *remedy =
		    g_strdup_printf("Let users enter the folder: sudo chmod a+x %s", barrier);

		g_ptr_array_set_size(finding->remedies, 0);
		module_finding_add_remedy(finding, TRUE, remedy);
	}
	module_report_take(report, finding);
}

static void
refuse_absent(ModuleReport *report, const char *path, const char *registered_by)
{
	ModuleFinding *finding = module_finding_new(MODULE_FILE_NOT_FOUND,
	    &(ModuleFacts){.path = path, .by = registered_by, .package = report->package});

	if (registered_by)
		module_finding_add_detail(finding, "%s names it", registered_by);
	else
		module_finding_add_remedy(finding, FALSE, "Check the path.");
	module_report_take(report, finding);
}

static void
refuse_error(ModuleReport *report, const char *path, const char *registered_by, int error)
{
	if (error == ENOENT || error == ENOTDIR)
		refuse_absent(report, path, registered_by);
	else if (error == EACCES || error == EPERM)
		refuse_permission(report, path);
	else
		module_report_take(
		    report, module_finding_new(MODULE_UNREADABLE,
				&(ModuleFacts){.path = path, .found = g_strerror(error)}));
}

/* A link whose target is absent is told apart from a file that is absent. */
static gboolean
check_link(ModuleReport *report, const char *path)
{
	g_autofree char *target = g_file_read_link(path, NULL);
	struct stat status;

	if (!target || !stat(path, &status) || (errno != ENOENT && errno != ENOTDIR))
		return TRUE;
	module_report_take(
	    report, module_finding_new(MODULE_DANGLING_SYMLINK,
			&(ModuleFacts){.path = path, .found = target, .package = report->package}));
	return FALSE;
}

gboolean
module_path_open(
    ModuleReport *report, const char *path, const char *registered_by, ModuleFile *ret_file)
{
	ModuleFile file = {.fd = -1};
	char real[PATH_MAX];
	struct stat status;
	struct statvfs mount;

	if (!check_link(report, path))
		return FALSE;
	if (stat(path, &status)) {
		refuse_error(report, path, registered_by, errno);
		return FALSE;
	}
	if (!S_ISREG(status.st_mode)) {
		module_report_take(report,
		    module_finding_new(MODULE_NOT_A_REGULAR_FILE,
			&(ModuleFacts){.path = path, .found = describe_type(status.st_mode)}));
		return FALSE;
	}
	file.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (file.fd < 0 || fstat(file.fd, &file.status) || !realpath(path, real)) {
		refuse_error(report, path, registered_by, errno);
		module_file_clear(&file);
		return FALSE;
	}
	file.real_path = g_strdup(real);
	if (fstatvfs(file.fd, &mount) == 0 && (mount.f_flag & ST_NOEXEC)) {
		module_report_take(
		    report, module_finding_new(MODULE_NOEXEC_MOUNT, &(ModuleFacts){.path = path}));
		module_file_clear(&file);
		return FALSE;
	}
	module_report_pass(report, MODULE_STAGE_PATH, "%s, %" G_GINT64_FORMAT " bytes", real,
	    (gint64)file.status.st_size);
	*ret_file = file;
	return TRUE;
}

void
module_file_clear(ModuleFile *file)
{
	if (file->fd >= 0)
		close(file->fd);
	g_free(file->real_path);
	*file = (ModuleFile){.fd = -1};
}
