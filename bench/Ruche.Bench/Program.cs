// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bench;
using Ruche.Bench.Verdicts;

// Prints lines "metric value" like bench/peers/peer.c: times in nanoseconds, sizes in bytes, rates in events a second.
switch (args)
{
    case ["load", var path, var times]:
        LoadBenchmark.Run(path, int.Parse(times, CultureInfo.InvariantCulture));
        return 0;
    case ["agreement", "--unprivileged", var verdicts, var corpus, var output, .. var filter]:
        AgreementRun.OfThisKernel(corpus, isUnprivileged: true).Run(verdicts, output, string.Concat(filter));
        return 0;
    case ["agreement", var verdicts, var corpus, var output, "--kernel", var release, var types, .. var filter]:
        AgreementRun.Of(corpus, release, types).Run(verdicts, output, string.Concat(filter));
        return 0;
    case ["agreement", var verdicts, var corpus, var output, .. var filter]:
        AgreementRun.OfThisKernel(corpus, isUnprivileged: false).Run(verdicts, output, string.Concat(filter));
        return 0;
    case ["btf"]:
        BtfBenchmark.Run();
        return 0;
    case ["batch", var rounds]:
        BatchBenchmark.Run(int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["attach", var path, var list, var pattern, var rounds]:
        AttachBenchmark.Run(path, list, pattern, int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["places", var path, var file, var rounds]:
        AttachBenchmark.RunPlaces(path, file, int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["fill", var pin, var entries]:
        FilledMap.Pin(pin, int.Parse(entries, CultureInfo.InvariantCulture));
        return 0;
    case ["ring", var path, var rounds]:
        RingBenchmark.Run(path, int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["compute", var path, var library, var rounds]:
        ComputeBenchmark.Run(path, library, int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["heavy", var path, var library, var rounds]:
        LookupBenchmark.RunHeavy(path, library, int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["lookup", var path, var library, var rounds]:
        LookupBenchmark.Run(path, library, int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["compile", var path]:
        CompileBenchmark.Run(path);
        return 0;
    case ["script", var path, var rounds]:
        ScriptBenchmark.Run(path, int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["helpers"]:
        HelperRun.Run();
        return 0;
    case ["verify", var path, var rounds]:
        VerifyBenchmark.Run(path, int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["verdicts", "--unprivileged", var folder, var table]:
        VerdictRun.Run(folder, table, TimeSpan.FromSeconds(60), isUnprivileged: true);
        return 0;
    case ["verdicts", var folder, var table, .. var seconds] when seconds.Length < 2:
        VerdictRun.Run(folder, table, TimeSpan.FromSeconds(seconds is [var most] ? int.Parse(most, CultureInfo.InvariantCulture) : 60), isUnprivileged: false);
        return 0;
    default:
        Console.Error.WriteLine("load OBJECT TIMES | btf | batch ROUNDS | attach OBJECT LIST PATTERN ROUNDS | places OBJECT FILE ROUNDS | fill PIN ENTRIES | ring OBJECT ROUNDS | compute OBJECT LIBRARY ROUNDS | heavy OBJECT LIBRARY ROUNDS | lookup OBJECT LIBRARY ROUNDS | compile OBJECT | script PATH ROUNDS | helpers | verify OBJECT ROUNDS | verdicts [--unprivileged] FOLDER TABLE [SECONDS] | agreement [--unprivileged] VERDICTS CORPUS OUTPUT [--kernel RELEASE TYPES] [FILTER]");
        return 2;
}
