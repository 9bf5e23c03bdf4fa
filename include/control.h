/* SPDX-License-Identifier: MIT */
/*
 * The contract of the control socket: limits and error codes of its JSON-RPC 2.0 dialect, one
 * object per line. Methods, parameters, settings, modes, events and counters are not here: the
 * service tells them itself (method `describe`), so that an old console can manage a new service.
 * Thread: any; constants only.
 */
#pragma once

/* Bumped when a client would have to be changed; `describe` carries it. */
#define CONTROL_PROTOCOL 1

/* Limits of one connection. */
#define CONTROL_REQUEST_MAX (1024 * 1024)     /* bytes of a request line, without its line end */
#define CONTROL_DEPTH_MAX 32                  /* nesting of arrays and objects */
#define CONTROL_VALUES_MAX 16384              /* values in one request: memory it may cost */
#define CONTROL_CALLS_MAX 64                  /* calls not yet answered */
#define CONTROL_ANSWER_MAX (16 * 1024 * 1024) /* bytes of an answer line */
#define CONTROL_PAGE_DEFAULT 500              /* rows of a list when `limit` is not given */
#define CONTROL_PAGE_MAX 5000
#define CONTROL_COMPATIBLE_STRING_MAX 510 /* characters of a string to a compatible method */
#define CONTROL_ID_MAX 32                 /* characters of a string id */

/* Error codes (JSON-RPC 2.0, then the ones compatible clients know, then ours). */
#define CONTROL_ERROR_PARSE (-32700) /* not JSON; the connection is closed after it */
#define CONTROL_ERROR_INVALID_REQUEST (-32600)
#define CONTROL_ERROR_METHOD_NOT_FOUND (-32601)
#define CONTROL_ERROR_INVALID_PARAMS (-32602)
#define CONTROL_ERROR_INTERNAL (-32603)
#define CONTROL_ERROR_DENIED (-32000) /* the caller's role does not allow it */
#define CONTROL_ERROR_TIMEOUT (-32002)
#define CONTROL_ERROR_NOT_FOUND (-1000)
#define CONTROL_ERROR_ALREADY_EXISTS (-1001)
#define CONTROL_ERROR_INVALID_NAME (-1002)
#define CONTROL_ERROR_NOT_IN_CHANNEL (-1003)
#define CONTROL_ERROR_TOO_MANY (-1004)
#define CONTROL_ERROR_REFUSED (-1005)  /* a rule of the service refused it; `data` says which */
#define CONTROL_ERROR_CONFLICT (-1006) /* the file or object changed meanwhile */
#define CONTROL_ERROR_BUSY (-1007)     /* too many calls in flight */
