/* SPDX-License-Identifier: MIT */
/* The snap-in command line without a console around it, for builds that have no window. */
#include "snapin_cli.h"

#include <stdio.h>

int
main(int argc, char **argv)
{
	int status;

	if (snapin_cli_handles(argc, argv, &status))
		return status;
	fprintf(stderr, "%s: only the snap-in commands are here\n", argv[0]);
	return 2;
}
