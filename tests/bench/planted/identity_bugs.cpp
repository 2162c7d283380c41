// Ids and paths: one thing in several spellings, several things with one id.
#include <algorithm>
#include <array>

#include "tests/bench/planted/bugs.h"

namespace planted {
namespace {

/// Segments of a path without the empty first one, as far as a table of eight goes.
std::array<std::string_view, 8> segments_of(std::string_view path) {
  std::array<std::string_view, 8> segments;
  path = path.substr(0, path.find('?'));
  if (path.starts_with('/')) path.remove_prefix(1);
  for (std::string_view& segment : segments) {
    segment = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), segment.size() + 1));
  }
  return segments;
}

/// The id is what stands behind "/calls/", and there is always something.
bool path_without_id(const Delivery& delivery) {
  const Path& path = delivery.notice().path;
  return path.call.empty() && path.text.find("/calls") != std::string_view::npos;
}

/// The id of the call is the third segment.
bool path_with_prefix(const Delivery& delivery) {
  const Path& path = delivery.notice().path;
  return !path.call.empty() && segments_of(path.text)[2] != path.call;
}

/// Whether two participants of one roster have ids that are the same, written the same way or not.
bool pair_of_ids(const Notice& notice, bool same_text) {
  for (std::size_t i = 0; i < notice.participants.size(); ++i) {
    for (std::size_t j = i + 1; j < notice.participants.size(); ++j) {
      const std::string_view one = notice.participants[i].id, other = notice.participants[j].id;
      if (same_id(one, other) && (one == other) == same_text) return true;
    }
  }
  return false;
}

/// The insertion into the map of tiles is asserted to be one.
bool participant_twice(const Delivery& delivery) {
  return pair_of_ids(delivery.notice(), true);
}

/// People are counted by the text of their ids, tiles are kept by their ids.
bool participant_respelled(const Delivery& delivery) {
  return pair_of_ids(delivery.notice(), false);
}

/// Calls are looked up by the text of their ids: a second, empty one appears.
bool call_respelled(const Delivery& delivery) {
  const std::string_view call = delivery.notice().path.call;
  return std::ranges::any_of(delivery.earlier(), [&](const Notice& before) {
    return same_id(before.path.call, call) && before.path.call != call;
  });
}

/// Who may act is decided by the `id` of the data, what is done by the path.
bool call_of_another_id(const Delivery& delivery) {
  const Notice& notice = delivery.notice();
  return notice.change == Change::created && !notice.id.empty() && !same_id(notice.id, notice.path.call);
}

constexpr Bug kBugs[] = {
    {"path_without_id", "identity", 'D', false, Place::notice, "takes an id behind /calls/ for granted",
     path_without_id},
    {"path_with_prefix", "identity", 'D', false, Place::notice, "counts the segments of a path from its start",
     path_with_prefix},
    {"participant_twice", "identity", 'D', false, Place::roster, "takes the ids of a roster for distinct",
     participant_twice},
    {"participant_respelled", "identity", 'D', true, Place::roster, "counts participants by the text of their ids",
     participant_respelled},
    {"call_respelled", "identity", 'H', true, Place::call, "looks up a call by the text of its id", call_respelled},
    {"call_of_another_id", "identity", 'H', false, Place::call, "checks the id in the data and uses that of the path",
     call_of_another_id},
};

}  // namespace

std::span<const Bug> identity_bugs() {
  return kBugs;
}

}  // namespace planted
