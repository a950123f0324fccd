// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Parsing;

namespace Ruche.Trace.Probes;

/// <content>Places in time, counters, and what happens to the trace itself.</content>
internal sealed partial class ProbeExpansion
{
    private const ulong NanosecondsPerMicrosecond = 1000;

    private ImmutableArray<ProbeSite> Signals()
    {
        if (_parts[0] != "signal") return Error(TraceDiagnostics.BadPlace, 0, $"'{_parts[0]}' is nothing that happens to the trace itself", $"write {_target.Provider.Usage}");
        if (SignalNames.Find(_parts[1]) is { } number and not (SignalNames.Kill or SignalNames.Stop)) return [new ProbeSite.Signal(Written, number)];
        return Error(TraceDiagnostics.BadPlace, 1, $"'{_parts[1]}' is no signal that can be waited for", $"write {_target.Provider.Usage}");
    }

    private ImmutableArray<ProbeSite> Timed()
    {
        // A bare number is nanoseconds, and so is what a suffix makes: 10ms.
        bool isBare = _parts.Length == 1;
        string digits = _parts[^1];
        if (Number(digits) is not { } count)
        {
            return Error(TraceDiagnostics.BadRate, _parts.Length - 1, $"'{digits}' is no rate of '{Provider}'", $"write {_target.Provider.Usage}");
        }

        if (count == 0) return Error(TraceDiagnostics.BadRate, _parts.Length - 1, $"the rate of '{Provider}' is 0, expected at least 1");
        if (!isBare) return WithUnit(_parts[0], count);
        return count < NanosecondsPerMicrosecond
            ? Error(TraceDiagnostics.BadRate, 0, $"'{digits}' is {count} nanoseconds, expected at least a microsecond", $"write {Provider}:1us")
            : Timed($"us:{count / NanosecondsPerMicrosecond}", new(0, count));
    }

    private ImmutableArray<ProbeSite> WithUnit(string unit, ulong count)
    {
        if (unit == "hz") return Timed($"hz:{count}", new(count, 0));
        if (unit is not ("s" or "ms" or "us"))
            return Error(TraceDiagnostics.BadRate, 0, $"'{unit}' is no unit of '{Provider}'", "there are s, ms, us and hz");
        return NumberLiteral.Read($"{count}{unit}").Value is { } nanoseconds
            ? Timed($"{unit}:{count}", new(0, nanoseconds))
            : Error(TraceDiagnostics.BadRate, 1, $"{count}{unit} does not fit 64 bits in nanoseconds");
    }

    private ImmutableArray<ProbeSite> Timed(string rate, TimeRate value)
    {
        string name = $"{Provider}:{rate}";
        return [Provider == "interval" ? new ProbeSite.Interval(name, value) : new ProbeSite.Profile(name, value)];
    }

    private ImmutableArray<ProbeSite> Counted()
    {
        bool isHardware = Provider == "hardware";
        if (CounterEvent.Find(isHardware, _parts[0]) is not { } found)
        {
            var names = CounterEvent.Names(isHardware);
            string note = NearestNames.Question(_parts[0], names) ?? $"there are {string.Join(", ", names)}";
            return Error(TraceDiagnostics.UnknownEvent, 0, $"the kernel has no {Provider} event '{_parts[0]}'", note);
        }

        string digits = _parts.Length > 1 ? _parts[1] : "";
        if (digits.Length == 0) return [new ProbeSite.Counter($"{Provider}:{_parts[0]}", isHardware, found.Number, found.Count)];
        return Number(digits) is { } count and > 0
            ? [new ProbeSite.Counter($"{Provider}:{_parts[0]}:{count}", isHardware, found.Number, count)]
            : Error(TraceDiagnostics.BadCount, 1, $"'{digits}' is no count of events", "write a number of at least 1, or nothing");
    }
}
