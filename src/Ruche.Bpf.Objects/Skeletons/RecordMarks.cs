// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Skeletons;

/// <summary>
/// The types of records in buffers. C has no way to declare them; an unused global pointer to the struct is how it gets into BTF.
/// </summary>
internal static class RecordMarks
{
    /// <summary>The structs that global variables point to, in their order.</summary>
    public static IEnumerable<int> Of(BtfSpec types) =>
        (from id in types.IdsOf(BtfKind.Variable)
         let pointer = types[types.Resolve(types.TargetOf(id))] as BtfType.Pointer
         where pointer is not null
         let target = types.Resolve(pointer.Target)
         where types[target] is BtfType.Composite { Name.Length: > 0 }
         select target).Distinct();
}
