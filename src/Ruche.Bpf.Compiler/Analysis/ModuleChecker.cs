// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Analysis;

/// <summary>Holds a module to the rules of its form: a front end or a pass that breaks one is at fault, not the user.</summary>
internal static class ModuleChecker
{
    /// <summary>The first rule that is broken, or null.</summary>
    public static string? Check(Module module)
    {
        var functions = module.Functions.ToDictionary(f => f.Name);
        foreach (var function in module.Functions)
        {
            string? problem = new FunctionChecker(module, functions, function).Check();
            if (problem is not null) return $"function '{function.Name}': {problem}";
        }

        return null;
    }
}
