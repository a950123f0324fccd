// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>The variable in which the programs of testdata keep what they were told.</summary>
[InlineArray(16)]
internal struct AnswerWords
{
    private long _first;

    public static long[] Of(BpfMachine machine)
    {
        var words = machine.Global<AnswerWords>("answer").Value;
        return words[..].ToArray();
    }
}
