/* SPDX-License-Identifier: MIT */
/*
 * StoreRefusal: an ActFixture whose store takes nothing for a while, because another program
 * changed the file: what the service then takes back is counted. Thread: the test's.
 */
#pragma once

#include "act/kept_writes.h"

#include "act_fixture.h"

/* SQL of a trigger that refuses: REFUSE("a", "INSERT ON account"). */
#define REFUSE(name, when)                                                                         \
	"CREATE TRIGGER " name " BEFORE " when " BEGIN SELECT RAISE(ABORT, 'no room'); END;"

typedef struct Returned {
	ActFixture *fixture;
	unsigned count; /* objects that were given back */
} Returned;

/* Adds pool and store to the fixture; what they refuse is given back from here on. */
void fixture_add_refusing_store(ActFixture *fixture, Returned *ret_returned);
/* Before fixture_clear(). */
void fixture_end_returns(ActFixture *fixture);
/* What another program does to a file of the fixture's folder; the connection of the service meets
 * it. */
void fixture_run_sql(const ActFixture *fixture, const char *file, const char *sql);
/* Until no write of what is kept and no read of it is on its way. */
void fixture_settle_kept(ActFixture *fixture);
