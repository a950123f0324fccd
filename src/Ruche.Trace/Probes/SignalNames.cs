// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Probes;

/// <summary>The signals by name, as <c>kill -l</c> lists them.</summary>
internal static class SignalNames
{
    /// <summary>Ends a process at once; nobody can wait for it.</summary>
    public const int Kill = 9;

    /// <summary>Halts a process; nobody can wait for it.</summary>
    public const int Stop = 19;

    private static readonly string[] Names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
        "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>The number of a signal, whose name may begin with <c>SIG</c>, in any case; null when there is none.</summary>
    public static int? Find(string name)
    {
        string known = name.ToUpperInvariant();
        return Array.IndexOf(Names, known.StartsWith("SIG", StringComparison.Ordinal) ? known[3..] : known) is > 0 and var number ? number : null;
    }
}
