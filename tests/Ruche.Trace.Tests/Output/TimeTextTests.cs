// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Trace.Output;

namespace Ruche.Trace.Tests.Output;

/// <summary>Moments in the formats of strftime(3).</summary>
public sealed class TimeTextTests
{
    private const string Program = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <time.h>
        int main(void) {
            char line[256], text[4096];
            while (fgets(line, sizeof line, stdin)) {
                line[strcspn(line, "\n")] = 0;
                char *format = strchr(line, '|') + 1;
                time_t seconds = strtoll(line, 0, 10);
                struct tm local;
                localtime_r(&seconds, &local);
                text[0] = 0;
                strftime(text, sizeof text, format, &local);
                fputs(text, stdout);
                putchar(1);
            }
        }
        """;

    // 2026-11-21 21:47:36.235551766, as bpftrace 0.27 showed it.
    [Theory]
    [InlineData("%H %M %S|%Y-%m-%d|%F %T", "21 47 36|2026-11-21|2026-11-21 21:47:36")]
    [InlineData("%D %R|%e|%a|%A|%b|%B|%h", "11/21/26 21:47|21|Sat|Saturday|Nov|November|Nov")]
    [InlineData("%j %s|%z %Z|%p %I", "325 1795297656|+0000 UTC|PM 09")]
    [InlineData("%f %T.%f|%l|%k", "235551 21:47:36.235551|235|235551766")]
    [InlineData("%y %C %U %W %V %G %g %u %w", "26 20 46 46 47 2026 26 6 6")]
    [InlineData("a%nb%tc%%|%N|%E %Q %|%+ %5Y", "a\nb\tc%|%N|%E %Q %|%+ 02026")]
    [InlineData("%c|%x|%X|%r|%P", "Sat Nov 21 21:47:36 2026|11/21/26|21:47:36|09:47:36 PM|pm")]
    public void A_moment_is_shown_as_bpftrace_shows_it(string format, string expected) =>
        Assert.Equal(expected, Show(format, 1_795_297_656_235_551_766, LocalTime.Utc, hasFractions: true));

    [Theory]
    [InlineData("UTC", 0, "UTC")]
    [InlineData("XYZ-5:30", 330, "XYZ")]
    [InlineData("ABC+9:15", -555, "ABC")]
    public void Five_thousand_random_formats_are_shown_as_the_C_library_shows_them(string zone, int minutes, string name)
    {
        LocalTime local = new(TimeSpan.FromMinutes(minutes), name);
        Random random = new(6402);
        (long Seconds, string Format)[] cases = [.. Enumerable.Range(0, 5_000).Select(_ => (random.NextInt64(-2_000_000_000, 8_000_000_000), NextFormat(random)))];

        string[] expected = CProgram.Run(Program, cases.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Seconds}|{c.Format}")), zone);

        Assert.Equal(cases.Length, expected.Length);
        Assert.All(cases.Zip(expected), c => Assert.Equal((c.First, c.Second), (c.First, Show(c.First.Format, c.First.Seconds * 1_000_000_000, local, hasFractions: false))));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    public void Zones_are_those_of_the_C_library(string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)) Assert.Skip("needs tzdata");
        var local = LocalTime.In(found);
        Random random = new(6404);
        long[] seconds = [.. Enumerable.Range(0, 1_000).Select(_ => random.NextInt64(1_000_000_000, 2_100_000_000))];

        string[] expected = CProgram.Run(Program, seconds.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s}|%F %T %z %Z")), zone);

        Assert.Equal(expected, seconds.Select(s => Show("%F %T %z %Z", s * 1_000_000_000, local(s), hasFractions: false)));
    }

    private static string NextFormat(Random random)
    {
        string letter = random.GetItems("aAbBcCdDeFgGhHIjklmMpPrRsSTuUVwWxXyYzZ%".ToCharArray(), 1)[0].ToString();
        // Of several flags, glibc takes the last; a width belongs to one that pads.
        string flag = random.Next(3) == 0 ? random.GetItems(["_", "-", "0", "^", "#"], 1)[0] : "";
        bool isNumber = "CdegGHIjklmMsSuUVwWyY".Contains(letter, StringComparison.Ordinal);
        string width = isNumber && flag is "" or "_" or "0" && random.Next(3) == 0 ? random.Next(1, 12).ToString(CultureInfo.InvariantCulture) : "";
        return $"<%{flag}{width}{letter}>";
    }

    private static string Show(string format, long nanoseconds, LocalTime local, bool hasFractions)
    {
        OutputBuffer buffer = new();
        TimeText.Append(buffer, format, nanoseconds, _ => local, hasFractions);
        return buffer.ToString();
    }
}
