/* SPDX-License-Identifier: MIT */
#include "control_error.h"

#include "control.h"

static GError *
parse(const char *text)
{
	json_t *object = json_loads(text, 0, NULL);
	GError *error = control_error_from_json(object);

	json_decref(object);
	return error;
}

static void
test_details(void)
{
	g_autoptr(GError) error =
	    parse("{\"code\":-1005,\"message\":\"No.\",\"data\":{\"kind\":\"K\","
		  "\"object\":\"limits\",\"parameter\":\"nick\",\"allowed\":\"9 to 63\"}}");
	g_autoptr(GError) copy = g_error_copy(error);
	g_autofree char *sentence = control_error_sentence(copy);

	g_assert_error(copy, CONTROL_ERROR, CONTROL_ERROR_REFUSED);
	g_assert_cmpstr(control_error_details(copy)->kind, ==, "K");
	g_assert_cmpstr(control_error_details(copy)->object, ==, "limits");
	g_assert_cmpstr(control_error_details(copy)->parameter, ==, "nick");
	g_assert_null(control_error_details(copy)->role);
	g_assert_cmpstr(sentence, ==, "No. (allowed: 9 to 63)");
}

static void
test_said_once(void)
{
	g_autoptr(GError) error = parse(
	    "{\"code\":-32602,\"message\":\"must be 9 to 63\",\"data\":{\"allowed\":\"9 to 63\"}}");
	g_autofree char *sentence = control_error_sentence(error);

	g_assert_cmpstr(sentence, ==, "must be 9 to 63");
}

static void
test_odd_objects(void)
{
	g_autoptr(GError) empty = parse("{}");
	g_autoptr(GError) wrong = parse("{\"code\":\"x\",\"message\":7,\"data\":[]}");
	g_autoptr(GError) other = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, "x");

	g_assert_error(empty, CONTROL_ERROR, CONTROL_ERROR_INTERNAL);
	g_assert_error(wrong, CONTROL_ERROR, CONTROL_ERROR_INTERNAL);
	g_assert_cmpstr(wrong->message, ==, "refused without a reason");
	g_assert_null(control_error_details(other));
	g_assert_null(control_error_details(NULL));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/control_error/details", test_details);
	g_test_add_func("/control_error/said_once", test_said_once);
	g_test_add_func("/control_error/odd_objects", test_odd_objects);
	return g_test_run();
}
