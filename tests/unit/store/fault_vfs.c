/* SPDX-License-Identifier: MIT */
#include "fault_vfs.h"

#include <glib.h>
#include <stdatomic.h>
#include <stdbool.h>

typedef struct FaultFile {
	sqlite3_file base;
	sqlite3_io_methods methods; /* the real ones with ours put in */
	sqlite3_file *real;
} FaultFile;

static struct {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	atomic_int kind;
	atomic_int after;
	atomic_int hits;
} fault;

static bool
strikes(FaultKind kind)
{
	if ((FaultKind)atomic_load(&fault.kind) != kind || atomic_fetch_sub(&fault.after, 1) > 0)
		return false;
	atomic_fetch_add(&fault.hits, 1);
	return true;
}

#define REAL(file) (((FaultFile *)(file))->real)

static int
fault_close(sqlite3_file *file)
{
	return REAL(file)->pMethods->xClose(REAL(file));
}

static int
fault_read(sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
	return REAL(file)->pMethods->xRead(REAL(file), buffer, amount, offset);
}

static int
fault_write(sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
	if (strikes(FAULT_WRITE_FULL))
		return SQLITE_FULL;
	if (strikes(FAULT_WRITE_ERROR))
		return SQLITE_IOERR_WRITE;
	return REAL(file)->pMethods->xWrite(REAL(file), buffer, amount, offset);
}

static int
fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	return REAL(file)->pMethods->xTruncate(REAL(file), size);
}

static int
fault_sync(sqlite3_file *file, int flags)
{
	if (strikes(FAULT_SYNC_ERROR))
		return SQLITE_IOERR_FSYNC;
	return REAL(file)->pMethods->xSync(REAL(file), flags);
}

static int
fault_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return REAL(file)->pMethods->xFileSize(REAL(file), size);
}

static int
fault_lock(sqlite3_file *file, int lock)
{
	return REAL(file)->pMethods->xLock(REAL(file), lock);
}

static int
fault_unlock(sqlite3_file *file, int lock)
{
	return REAL(file)->pMethods->xUnlock(REAL(file), lock);
}

static int
fault_reserved(sqlite3_file *file, int *result)
{
	return REAL(file)->pMethods->xCheckReservedLock(REAL(file), result);
}

static int
fault_control(sqlite3_file *file, int operation, void *argument)
{
	return REAL(file)->pMethods->xFileControl(REAL(file), operation, argument);
}

static int
fault_sector(sqlite3_file *file)
{
	return REAL(file)->pMethods->xSectorSize(REAL(file));
}

static int
fault_device(sqlite3_file *file)
{
	return REAL(file)->pMethods->xDeviceCharacteristics(REAL(file));
}

static int
fault_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
	return REAL(file)->pMethods->xShmMap(REAL(file), page, size, extend, memory);
}

static int
fault_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
	return REAL(file)->pMethods->xShmLock(REAL(file), offset, count, flags);
}

static void
fault_shm_barrier(sqlite3_file *file)
{
	REAL(file)->pMethods->xShmBarrier(REAL(file));
}

static int
fault_shm_unmap(sqlite3_file *file, int delete_flag)
{
	return REAL(file)->pMethods->xShmUnmap(REAL(file), delete_flag);
}

static const sqlite3_io_methods fault_methods = {
    .iVersion = 2,
    .xClose = fault_close,
    .xRead = fault_read,
    .xWrite = fault_write,
    .xTruncate = fault_truncate,
    .xSync = fault_sync,
    .xFileSize = fault_file_size,
    .xLock = fault_lock,
    .xUnlock = fault_unlock,
    .xCheckReservedLock = fault_reserved,
    .xFileControl = fault_control,
    .xSectorSize = fault_sector,
    .xDeviceCharacteristics = fault_device,
    .xShmMap = fault_shm_map,
    .xShmLock = fault_shm_lock,
    .xShmBarrier = fault_shm_barrier,
    .xShmUnmap = fault_shm_unmap,
};

static int
fault_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
	FaultFile *opened = (FaultFile *)file;
	int code;

	opened->base.pMethods = NULL;
	opened->real = (sqlite3_file *)(opened + 1);
	code = fault.real->xOpen(fault.real, name, opened->real, flags, ret_flags);
	if (opened->real->pMethods) {
		opened->methods = fault_methods;
		opened->base.pMethods = &opened->methods;
	}
	return code;
}

void
fault_vfs_register(void)
{
	fault.real = sqlite3_vfs_find(NULL);
	/* Everything but opening a file is the real one's; its private data comes along. */
	fault.vfs = *fault.real;
	fault.vfs.zName = "fault";
	fault.vfs.szOsFile = (int)sizeof(FaultFile) + fault.real->szOsFile;
	fault.vfs.xOpen = fault_open;
	g_assert_cmpint(sqlite3_vfs_register(&fault.vfs, 1), ==, SQLITE_OK);
}

void
fault_vfs_set(FaultKind kind, int after)
{
	atomic_store(&fault.kind, FAULT_NONE);
	atomic_store(&fault.after, after);
	atomic_store(&fault.hits, 0);
	atomic_store(&fault.kind, (int)kind);
}

int
fault_vfs_hits(void)
{
	return atomic_load(&fault.hits);
}
