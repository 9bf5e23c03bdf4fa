/* SPDX-License-Identifier: MIT */
/*
 * OperatorReview: what other settings make of those who are operators already. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* The community has its new settings; `before` are those that were in force. Whose [operator NAME]
 * is gone, has another secret or would not let him in any more is none from here on (MODE -o and a
 * notice with the reason); whose privileges are others has them, and is told. */
void act_review_operators(Ctx *ctx, const Settings *before);
