// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Analysis;

/// <summary>Values that are used more than once.</summary>
internal static class SharedValues
{
    public static HashSet<Value> Of(Function function)
    {
        HashSet<Value> once = new(ReferenceEqualityComparer.Instance), twice = new(ReferenceEqualityComparer.Instance);
        foreach (var block in function.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                foreach (var value in operation.Used)
                {
                    if (!once.Add(value)) twice.Add(value);
                }
            }
        }

        return twice;
    }
}
