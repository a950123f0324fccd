// SPDX-License-Identifier: MIT
using Ruche.Trace.Probes;
using Ruche.Trace.Types;

namespace Ruche.Trace;

/// <summary>The places where scripts can be attached on the running kernel.</summary>
public static class TraceProbes
{
    /// <summary>
    /// Writes the places that a pattern matches, one a line: <c>tracepoint:syscalls:*</c>, a part of a name, or everything when it is empty.
    /// <c>struct x</c>, <c>union x</c> and <c>enum x</c> list types of the kernel.
    /// </summary>
    /// <param name="pattern">The pattern; its parts may have <c>*</c>, <c>?</c> and <c>[...]</c>.</param>
    /// <param name="isVerbose">Whether the arguments of each place, or the definition of each type, follow it.</param>
    /// <param name="output">Takes the lines.</param>
    /// <param name="pid">The process whose files are meant where the pattern names none; null for none.</param>
    /// <returns>How many places or types there are, and why some could not be looked for.</returns>
    /// <exception cref="Bpf.BpfException">What the pattern names cannot be listed.</exception>
    public static (int Count, IReadOnlyList<string> Unreadable) List(string pattern, bool isVerbose, TextWriter output, int? pid = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(output);
        ProbeListing listing = new(new ProbePlaces(TypeCatalog.Running) { Pid = pid }, output, isVerbose);
        int count = listing.List(pattern);
        return (count, listing.Unreadable);
    }
}
