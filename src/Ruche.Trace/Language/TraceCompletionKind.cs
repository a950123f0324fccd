// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Language;

/// <summary>What a completion stands for.</summary>
public enum TraceCompletionKind
{
    /// <summary>A word of the language.</summary>
    Keyword,

    /// <summary>A kind of probe, or a place of one.</summary>
    Probe,

    /// <summary>A function of the language or of the script, or a macro.</summary>
    Function,

    /// <summary>A name that stands for something the kernel is asked for.</summary>
    Builtin,

    /// <summary>A variable.</summary>
    Variable,

    /// <summary>A map.</summary>
    Map,

    /// <summary>A field of a structure, of arguments or of a record.</summary>
    Field,

    /// <summary>A setting of the configuration.</summary>
    Setting,

    /// <summary>A structure, union or enumeration.</summary>
    Type,
}
