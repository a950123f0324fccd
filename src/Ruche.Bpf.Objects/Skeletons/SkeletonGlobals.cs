// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Skeletons;

/// <summary>Writes global variables as properties. One whose type is not known has none.</summary>
internal sealed class SkeletonGlobals(ObjectSpec spec, CSharpDefinitions? types)
{
    /// <summary>Writes the property of a variable.</summary>
    public void AppendTo(StringBuilder text, GlobalSpec global, string name)
    {
        if (types is null || global.Type == 0 || !spec.Btf!.TrySizeOf(global.Type, out int size) || size != global.Size || size == 0) return;
        if (types.Use(global.Type, $"{CSharpNames.Pascal(global.Name)}Type") is not { } type) return;
        bool isBoolean = spec.Btf[spec.Btf.Resolve(global.Type)] is BtfType.Int { Size: 1 } x && x.Encoding.HasFlag(IntEncoding.Bool);
        string access = $"Object.Global<{type}>({CSharpText.Literal(global.Name)}).Value";
        // Any byte but zero is true in C, while C# trusts a bool to be 0 or 1.
        string get = isBoolean ? $"{access} != 0" : access;
        string set = isBoolean ? $"{access} = value ? (byte)1 : (byte)0" : $"{access} = value";
        var section = spec.Maps.First(map => map.Name == global.Map).DataSection;
        string body = section is DataSectionKind.Kconfig ? $"=> {get};" : $"{{ get => {get}; set => {set}; }}";
        text.Append(CultureInfo.InvariantCulture, $"""

                /// <summary>{Describe(section)}: {CSharpText.Code(CDeclaration.Text(spec.Btf, global.Type, global.Name))}.</summary>
                public {(isBoolean ? "bool" : type)} {name} {body}

            """);
    }

    private static string Describe(DataSectionKind section) => section switch
    {
        DataSectionKind.ReadOnlyData => "A constant, which can be set until the object is prepared",
        DataSectionKind.Kconfig => "A value of the kernel's configuration, once the object is prepared",
        _ => "A global variable; its initial value before the object is prepared, afterwards the live one",
    };
}
