// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Functions;

/// <summary>All functions of the language but those that maps sum up by.</summary>
internal static class TraceFunctions
{
    private static readonly Dictionary<string, TraceFunction> ByName =
        ((IEnumerable<TraceFunction>)[.. OutputFunctions.All, .. MapFunctions.All, .. TextFunctions.All, .. SymbolFunctions.All, .. AddressFunctions.All, .. ProcessFunctions.All, .. SystemFunctions.All, .. KernelObjectFunctions.All, .. ParameterFunctions.All, .. TypeFunctions.All])
        .ToDictionary(f => f.Name);

    public static IEnumerable<string> Names => ByName.Keys;

    public static TraceFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
