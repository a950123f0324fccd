// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Giving references back.</summary>
internal static class References
{
    /// <summary>Gives back what a pointer holds: all its copies, and what was reached through them, are gone.</summary>
    public static void Release(Walk walk, Value pointer)
    {
        if (pointer.IsNull) return;
        int reference = pointer.Reference;
        if (!walk.Now.Release(reference)) Walk.Reject(VerifierRules.ReferenceMisuse, $"{Describe.Value(pointer)} is released, and holds no reference any more", pointer);
        var gone = walk.Gone();
        walk.Now.Replace(v => v.Reference == reference && v.Dynamic is null ? gone : v);
    }
}
