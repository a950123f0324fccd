// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>What the kernel that runs says about a program.</summary>
internal static class KernelVerdict
{
    /// <summary>Loads an object; returns why the kernel refuses it, or null.</summary>
    public static string? RefusalOf(ObjectSpec spec)
    {
        try
        {
            using var loaded = BpfObject.Open(spec).Load();
            return null;
        }
        catch (VerifierException e)
        {
            return e.Log.Summary();
        }
    }
}
