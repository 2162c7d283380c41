// All tables of members and words, for what reads or writes any payload.
//
// For sources only.
#pragma once

#include "corpus/call_fields.h"
#include "corpus/call_words.h"
#include "corpus/notification_fields.h"
#include "corpus/operation_fields.h"
#include "corpus/participant_fields.h"
#include "corpus/payload_fields.h"
#include "corpus/payload_words.h"
