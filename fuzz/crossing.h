// Two payloads become one.
#pragma once

#include "fuzz/place_picker.h"
#include "fuzz/workbench.h"

namespace fuzz {

/// Writes the input of the bench with something of `donor` in it: a notification, all of them one after the other or by
/// turns, a value of the same name, a member of an object of the same name. False if the two have nothing to give each
/// other. The result is JSON if both are.
bool cross(Workbench& bench, const JsonIndex& donor, PlacePicker& picker);

}  // namespace fuzz
