/* SPDX-License-Identifier: MIT */
/*
 * ChatctlCommand: the words of a command line as a call. METHOD noun.verb is `noun verb`; required
 * parameters stand in order, all may be given as --name. A secret that is missing, or given as "-",
 * is left to be asked for: what stands in a command line, others can read. Thread: one; no state.
 */
#pragma once

#include "description.h"

typedef struct ChatctlCommand {
	char *method;
	json_t *params;  /* object */
	gboolean follow; /* the call starts pushes: show them until interrupted */
	char *kind;      /* "listener": only rows of such sections are wanted; NULL: all */
	const DescribedParam *secret; /* still to be asked for (chatctl_secret.h); NULL: none */
	gboolean is_list;             /* can be asked for in pages, and no page was asked for */
	const char *columns;          /* that a view shows; NULL: those of the method */
} ChatctlCommand;

#define CHATCTL_USAGE (chatctl_usage_quark())
GQuark chatctl_usage_quark(void);

/* What is wrong is a CHATCTL_USAGE error that says what is allowed. */
gboolean chatctl_command_parse(const Description *description, char *const *words,
    ChatctlCommand *ret_command, GError **error);
void chatctl_command_clear(ChatctlCommand *command);
/* The method that the first words name, and how many words that took; NULL: none. */
const DescribedMethod *chatctl_command_method(
    const Description *description, char *const *words, guint *ret_used);
/* Short names, and views: some rows of a list. Ended by a row without words. */
typedef struct ChatctlAlias {
	const char *words;
	const char *method;
	const char *filter;  /* of a view; NULL: it is a name only */
	const char *columns; /* likewise */
} ChatctlAlias;
extern const ChatctlAlias chatctl_aliases[];

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ChatctlCommand, chatctl_command_clear)
