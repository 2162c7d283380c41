#include "corpus/payload_writer.h"

namespace corpus {

void PayloadWriter::write(const ResourceData& data) {
  switch (data.kind) {
    case ResourceKind::call:
      return resources(data, data.calls);
    case ResourceKind::roster:
      return resources(data, data.roster);
    case ResourceKind::delta:
      return resources(data, data.deltas);
    case ResourceKind::operation:
      return resources(data, data.operations);
    case ResourceKind::content_sharing:
      return resources(data, data.sharing);
    case ResourceKind::joining:
      return resources(data, data.joining);
    case ResourceKind::left:
      return resources(data, data.left);
    case ResourceKind::unknown:
      out_.append(data.raw);
      return;
    case ResourceKind::none:
      out_.append("null");
  }
}

}  // namespace corpus
