// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

internal static class ObjectDiagnostics
{
    /// <summary>The file is not a relocatable eBPF object.</summary>
    public const string NotAnObject = "RU3301";

    /// <summary>Sections lie over each other, or are larger than any object's.</summary>
    public const string BadLayout = "RU3302";

    /// <summary>Something needs BTF that the object does not have.</summary>
    public const string NeedsBtf = "RU3303";

    /// <summary>A map definition contradicts itself.</summary>
    public const string BadMap = "RU3304";

    /// <summary>A field of a map definition is not known.</summary>
    public const string UnknownMapField = "RU3305";

    /// <summary>A relocation refers to something that no loader could provide.</summary>
    public const string BadReference = "RU3306";

    /// <summary>A call leads into nothing.</summary>
    public const string BadCall = "RU3307";

    /// <summary>Static data holds an address that is known only at load time.</summary>
    public const string AddressInData = "RU3308";

    /// <summary>The externs of a section are larger than a map can be.</summary>
    public const string BadExtern = "RU3309";

    /// <summary>A struct_ops map contradicts itself.</summary>
    public const string BadStructOps = "RU3310";

    /// <summary>The version section is too short for a version.</summary>
    public const string BadVersion = "RU3311";
}
