// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;

namespace Ruche.Bench;

/// <summary>Opens, loads and closes an object: the first time in the process, and the median of the others.</summary>
internal static class LoadBenchmark
{
    public static void Run(string path, int times)
    {
        Measure.Print("load_first", Measure.Time(() => BpfObject.LoadFile(path).Dispose()));
        long[] durations = new long[times];
        for (int i = 0; i < times; i++) durations[i] = Measure.Time(() => BpfObject.LoadFile(path).Dispose());
        Measure.Print("load", Measure.Median(durations));
    }
}
