// SPDX-License-Identifier: MIT
using Ruche.Trace.Probes;
using Ruche.Trace.Types;

namespace Ruche.Trace.Language;

/// <summary>What the documents of an editor have in common: how scripts will be run, and what the host was asked for already. Not thread-safe, nor are its documents.</summary>
public sealed class TraceWorkspace
{
    /// <summary>A workspace whose scripts are compiled with the options.</summary>
    public TraceWorkspace(TraceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Places = new(TypeCatalog.Running) { Pid = options.Pid };
    }

    internal TraceOptions Options { get; }

    internal ProbePlaces Places { get; }

    /// <summary>A script as an editor has it now.</summary>
    /// <param name="text">The script.</param>
    /// <param name="name">Its file, which says where imported files are looked for.</param>
    public TraceDocument Open(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        return new(this, text, name);
    }
}
