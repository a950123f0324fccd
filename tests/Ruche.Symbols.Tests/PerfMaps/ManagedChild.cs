// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Ruche.Symbols.Tests.PerfMaps;

/// <summary>The test program itself, started as a process to be looked at.</summary>
internal static class ManagedChild
{
    /// <summary>Set in the environment of such a process.</summary>
    public const string Variable = "RUCHE_SYMBOLS_CHILD";

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "the process must not become a test run")]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null) return;
        Console.WriteLine($"value {CompiledFirst(1):x}");
        Console.WriteLine("ready 0");
        Console.In.ReadToEnd();
        Environment.Exit(0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int CompiledFirst(int value) => value * 7 + Environment.CurrentManagedThreadId;
}
