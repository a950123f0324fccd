// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>What the kernel's verifier knows about each helper, as in Linux 6.18.</summary>
public static partial class HelperPrototypes
{
    private static readonly Lazy<Dictionary<int, HelperPrototype>> Table = new(Collect);

    /// <summary>The prototype that most program types see; null for a number that is no helper.</summary>
    public static HelperPrototype? Find(HelperId helper) => Table.Value.GetValueOrDefault((int)helper);

    /// <summary>The prototype that programs of a type see. Whether they may call the helper is another question, which
    /// <see cref="HelperAvailability"/> answers.</summary>
    public static HelperPrototype? For(ProgramType type, HelperId helper) =>
        Find(helper) is { } usual ? Variant(type, usual) ?? usual : null;

    private static Dictionary<int, HelperPrototype> Collect() =>
        ((HelperPrototype[])[.. Maps(), .. Storage(), .. Buffers(), .. Packets(), .. Sockets(), .. Cgroups(), .. Tracing(), .. Basics()])
        .ToDictionary(p => (int)p.Id);
}
