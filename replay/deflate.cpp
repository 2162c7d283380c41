#include "replay/deflate.h"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <cassert>

namespace replay {

namespace zlib = boost::beast::zlib;

std::string deflated(std::string_view bytes) {
  zlib::deflate_stream stream;
  // zlib's own defaults for level, window and memory.
  stream.reset(6, 15, 8, zlib::Strategy::normal);
  std::string out(stream.upper_bound(bytes.size()), '\0');
  zlib::z_params params;
  params.next_in = bytes.data();
  params.avail_in = bytes.size();
  params.next_out = out.data();
  params.avail_out = out.size();
  boost::beast::error_code ec;
  stream.write(params, zlib::Flush::finish, ec);
  assert(ec == zlib::error::end_of_stream);  // all of it fits: the bound was asked for
  out.resize(params.total_out);
  return out;
}

}  // namespace replay
