// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bench.Verdicts;

/// <summary>Asks the running kernel which helpers programs of each type may call.</summary>
internal static class HelperRun
{
    /// <summary>Prints a line for each answer that is one: type, helper, Yes or No.</summary>
    public static void Run()
    {
        foreach (var type in Enum.GetValues<ProgramType>())
        {
            foreach (var helper in Enum.GetValues<HelperId>())
            {
                if (helper is HelperId.Unspec || HelperAvailability.IsAvailable(type, helper) is not true) continue;
                if (KernelFeatures.Helper(type, helper).Ask() is var answer and not Support.Unknown) Console.WriteLine($"{type}\t{helper}\t{answer}");
            }
        }
    }
}
