/* SPDX-License-Identifier: MIT */
/*
 * ChannelModes: the modes of a channel as the service writes them ("+klnt secret 20"), taken apart
 * with what it says about modes, and the change from one state to another. Which modes there are
 * and which of them have a value is the service's to say. Thread: one.
 */
#pragma once

#include "description.h"

typedef struct ChannelModes {
	char *flags;        /* letters */
	GHashTable *values; /* letter → value, of the modes that have one and are set */
} ChannelModes;

/* `text` may be NULL: no modes. Free with channel_modes_clear(). */
void channel_modes_parse(ChannelModes *modes, const char *text, const Description *description);
/* No modes; free with channel_modes_clear(). */
void channel_modes_init(ChannelModes *modes);
void channel_modes_clear(ChannelModes *modes);
gboolean channel_modes_have(const ChannelModes *modes, const char *letter);
void channel_modes_add_flag(ChannelModes *modes, const char *letter);
/* NULL: it is not set. */
const char *channel_modes_value(const ChannelModes *modes, const char *letter);
/* NULL takes it away. */
void channel_modes_set_value(ChannelModes *modes, const char *letter, const char *value);

/* Is it a mode of channels of that kind ("flag", "list")? */
gboolean channel_mode_is(const DescribedMode *mode, const char *kind);
/* Is it a mode of channels that has one value while it is set? */
gboolean channel_mode_has_value(const DescribedMode *mode);
/* What a mode of channels is called ("owner"); NULL if the service does not say. */
const char *channel_modes_name(const Description *description, const char *letter);
/* "+m-t" and its parameters, both for the caller to free; FALSE if nothing changes. */
gboolean channel_modes_change(const ChannelModes *from, const ChannelModes *to,
    const Description *description, char **ret_modes, char **ret_parameters);
