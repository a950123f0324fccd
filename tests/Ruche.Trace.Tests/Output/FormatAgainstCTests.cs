// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Trace.Output;
using Ruche.Trace.Output.Formats;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Output;

/// <summary>Flags, widths, precisions and lengths mean what they mean to the C library.</summary>
public sealed class FormatAgainstCTests
{
    private const string Program = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        int main(void) {
            char line[256];
            while (fgets(line, sizeof line, stdin)) {
                line[strcspn(line, "\n")] = 0;
                char *format = strchr(line, '|') + 1, *value = strchr(format, '|');
                *value++ = 0;
                long long number = strtoll(value, 0, 10);
                if (line[0] == 's') printf(format, value);
                else if (line[0] == 'l') printf(format, number);
                else printf(format, (int)number);
                putchar(1);
            }
        }
        """;

    private static readonly long[] Values = [0, 1, -1, 8, 42, -42, 255, 65535, 70000, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 0x123456789abcdef];

    [Fact]
    public void Twenty_thousand_random_conversions_are_shown_as_the_C_library_shows_them()
    {
        Random random = new(6401);
        (char Kind, string Format, string Value)[] cases = [.. Enumerable.Range(0, 20_000).Select(_ => Next(random))];

        string[] expected = CProgram.Run(Program, cases.Select(c => $"{c.Kind}|{c.Format}|{c.Value}"));

        Assert.Equal(cases.Length, expected.Length);
        Assert.All(cases.Zip(expected), c => Assert.Equal((c.First.Format, c.First.Value, c.Second), (c.First.Format, c.First.Value, Print(c.First.Kind, c.First.Format, c.First.Value))));
    }

    private static (char, string, string) Next(Random random)
    {
        char letter = "diuxXocps"[random.Next(9)];
        // What C leaves open, such as a zero flag of text, is left out; so is the sign that glibc gives to addresses.
        string allowed = letter switch { 's' or 'c' => "-", 'p' => "-0", _ => "-+ #0" };
        string flags = string.Concat(allowed.Where(_ => random.Next(3) == 0));
        string width = random.Next(2) == 0 ? "" : random.Next(1, 25).ToString(CultureInfo.InvariantCulture);
        string precision = random.Next(2) == 0 || letter is 'c' or 'p' ? "" : "." + (random.Next(4) == 0 ? "" : random.Next(0, 22).ToString(CultureInfo.InvariantCulture));
        string length = letter is 'c' or 's' or 'p' ? "" : random.GetItems(["", "", "hh", "h", "l", "ll", "j", "z"], 1)[0];
        string format = $"<%{flags}{width}{precision}{length}{letter}>";
        if (letter == 's') return ('s', format, new string('x', random.Next(0, 12)));
        long value = random.Next(3) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.GetItems(Values, 1)[0];
        if (letter == 'p' && value == 0) value = 1;
        if (letter == 'c') value = random.Next(32, 127);
        return (length is "l" or "ll" or "j" or "z" || letter == 'p' ? 'l' : 'i', format, value.ToString(CultureInfo.InvariantCulture));
    }

    private static string Print(char kind, string format, string value)
    {
        TraceType type = kind == 's' ? new TraceType.Text(16) : TraceType.Int64;
        OutputBuffer buffer = new();
        object argument = kind == 's' ? value : long.Parse(value, CultureInfo.InvariantCulture);
        FormatString.Parse(Encoding.UTF8.GetBytes(format), [type], [])!.Append(buffer, Stored.Record([type], argument), KnownNames.Context);
        return buffer.ToString();
    }
}
