// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Tests.Btf;

/// <summary>Types as text, to compare them element by element: records compare their arrays by identity.</summary>
internal static class BtfText
{
    public static string Of(BtfType type) => type + type switch
    {
        BtfType.Composite x => string.Join(", ", x.Members),
        BtfType.Enum x => string.Join(", ", x.Values),
        BtfType.FunctionPrototype x => string.Join(", ", x.Parameters),
        BtfType.DataSection x => string.Join(", ", x.Variables),
        _ => "",
    };
}
