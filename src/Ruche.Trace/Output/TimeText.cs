// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Trace.Output;

/// <summary>Moments in the formats of strftime(3), as glibc has them in the locale C. What has no meaning is shown as it is.</summary>
internal ref struct TimeText
{
    private const long Second = 1_000_000_000;

    private readonly OutputBuffer _buffer;
    private readonly bool _hasFractions;
    private readonly long _seconds;
    private readonly long _nanoseconds;
    private readonly LocalTime _local;
    private readonly DateTime _time;

    private TimeText(OutputBuffer buffer, long unixNanoseconds, Func<long, LocalTime> localTime, bool hasFractions)
    {
        _buffer = buffer;
        _hasFractions = hasFractions;
        (_seconds, _nanoseconds) = Math.DivRem(unixNanoseconds, Second);
        if (_nanoseconds < 0) (_seconds, _nanoseconds) = (_seconds - 1, _nanoseconds + Second);
        _local = localTime(_seconds);
        _time = DateTime.UnixEpoch.AddSeconds(_seconds) + _local.Offset;
    }

    /// <summary>
    /// Appends a moment. With fractions, <c>%f</c>, <c>%l</c> and <c>%k</c> are its micro-, milli- and nanoseconds, as bpftrace's strftime has
    /// it; otherwise the latter are hours.
    /// </summary>
    public static void Append(OutputBuffer buffer, string format, long unixNanoseconds, Func<long, LocalTime> localTime, bool hasFractions) =>
        new TimeText(buffer, unixNanoseconds, localTime, hasFractions).Append(format);

    private readonly void Append(ReadOnlySpan<char> format)
    {
        while (format.Length > 0)
        {
            int percent = format.IndexOf('%');
            _buffer.Append(percent < 0 ? format : format[..percent]);
            if (percent < 0) return;
            format = format[percent..];
            int length = AppendConversion(format);
            if (length == 0)
            {
                length = 1;
                _buffer.Append((byte)'%');
            }

            format = format[length..];
        }
    }

    /// <summary>How many characters a conversion takes; none when it is none.</summary>
    private readonly int AppendConversion(ReadOnlySpan<char> format)
    {
        int at = 1, width = 0;
        char padding = '\0', letterCase = '\0';
        for (; at < format.Length && format[at] is '_' or '-' or '0' or '^' or '#'; at++)
        {
            if (format[at] is '^' or '#') letterCase = format[at];
            else padding = format[at];
        }

        for (; at < format.Length && char.IsAsciiDigit(format[at]); at++) width = Math.Min(1000, (width * 10) + format[at] - '0');
        if (at < format.Length && format[at] is 'E' or 'O') at++;
        if (at == format.Length) return 0;
        return AppendLetter(format[at], new(padding, letterCase, width)) ? at + 1 : 0;
    }

    private readonly bool AppendLetter(char letter, Padding padding)
    {
        switch (letter)
        {
            case '%': padding.Text(_buffer, "%"); return true;
            case 'n': padding.Text(_buffer, "\n"); return true;
            case 't': padding.Text(_buffer, "\t"); return true;
            case 'z': padding.Offset(_buffer, _local.Offset); return true;
            default: break;
        }

        if (CompositeOf(letter) is { } composite)
        {
            AppendComposite(composite, padding);
            return true;
        }

        if (TextOf(letter) is { } text)
        {
            (padding with { Case = CaseOf(letter, padding.Case) }).Text(_buffer, text);
            return true;
        }

        if (NumberOf(letter) is not { } number) return false;
        padding.Number(_buffer, number.Value, number.Digits, number.Blank);
        return true;
    }

    private readonly void AppendComposite(string composite, Padding padding)
    {
        OutputBuffer inner = new(64);
        new TimeText(inner, (_seconds * Second) + _nanoseconds, Constant(_local), hasFractions: false).Append(composite);
        (padding with { Case = padding.Case == '^' ? '^' : '\0' }).Text(_buffer, inner.ToString());
    }

    /// <summary>What glibc makes of a flag: # gives small letters to what is written in great ones, and %P keeps its own.</summary>
    private static char CaseOf(char letter, char flag) => letter switch
    {
        'P' => '\0',
        'p' or 'Z' when flag == '#' => 'v',
        _ => flag,
    };

    private static Func<long, LocalTime> Constant(LocalTime local) => _ => local;

    private static string? CompositeOf(char letter) => letter switch
    {
        'c' => "%a %b %e %H:%M:%S %Y",
        'D' or 'x' => "%m/%d/%y",
        'F' => "%Y-%m-%d",
        'r' => "%I:%M:%S %p",
        'R' => "%H:%M",
        'T' or 'X' => "%H:%M:%S",
        _ => null,
    };

    private readonly string? TextOf(char letter) => letter switch
    {
        'a' => _time.ToString("ddd", CultureInfo.InvariantCulture),
        'A' => _time.ToString("dddd", CultureInfo.InvariantCulture),
        'b' or 'h' => _time.ToString("MMM", CultureInfo.InvariantCulture),
        'B' => _time.ToString("MMMM", CultureInfo.InvariantCulture),
        'p' => _time.Hour < 12 ? "AM" : "PM",
        'P' => _time.Hour < 12 ? "am" : "pm",
        'Z' => _local.Name,
        _ => null,
    };

    private readonly (long Value, int Digits, bool Blank)? NumberOf(char letter) => letter switch
    {
        'C' => (_time.Year / 100, 2, false),
        'd' => (_time.Day, 2, false),
        'e' => (_time.Day, 2, true),
        'f' when _hasFractions => (_nanoseconds / 1000, 6, false),
        'g' => (ISOWeek.GetYear(_time) % 100, 2, false),
        'G' => (ISOWeek.GetYear(_time), 1, false),
        'H' => (_time.Hour, 2, false),
        'I' => (HourOfTwelve, 2, false),
        'j' => (_time.DayOfYear, 3, false),
        'k' => _hasFractions ? (_nanoseconds, 9, false) : (_time.Hour, 2, true),
        'l' => _hasFractions ? (_nanoseconds / 1_000_000, 3, false) : (HourOfTwelve, 2, true),
        'm' => (_time.Month, 2, false),
        'M' => (_time.Minute, 2, false),
        's' => (_seconds, 1, true),
        'S' => (_time.Second, 2, false),
        'u' => (_time.DayOfWeek is DayOfWeek.Sunday ? 7 : (int)_time.DayOfWeek, 1, false),
        'U' => (WeekFrom(DayOfWeek.Sunday), 2, false),
        'V' => (ISOWeek.GetWeekOfYear(_time), 2, false),
        'w' => ((int)_time.DayOfWeek, 1, false),
        'W' => (WeekFrom(DayOfWeek.Monday), 2, false),
        'y' => (_time.Year % 100, 2, false),
        'Y' => (_time.Year, 1, false),
        _ => null,
    };

    private readonly int HourOfTwelve => _time.Hour % 12 == 0 ? 12 : _time.Hour % 12;

    /// <summary>The week of the year when weeks begin on a day; what is before the first such day is week 0.</summary>
    private readonly int WeekFrom(DayOfWeek first) => (_time.DayOfYear + 6 - ((_time.DayOfWeek - first + 7) % 7)) / 7;

    /// <summary>The flags and the width of a conversion; the case is '^' or '#' for great letters, 'v' for small ones.</summary>
    private readonly record struct Padding(char Flag, char Case, int Width)
    {
        public void Text(OutputBuffer buffer, string text)
        {
            if (Case != '\0') text = Case == 'v' ? text.ToLowerInvariant() : text.ToUpperInvariant();
            if (Flag != '-') buffer.Repeat((byte)(Flag == '0' ? '0' : ' '), Width - text.Length);
            buffer.Append(text);
        }

        public void Number(OutputBuffer buffer, long value, int digits, bool isBlank)
        {
            string text = Math.Abs(value).ToString(CultureInfo.InvariantCulture);
            bool blanks = Flag == '_' || (isBlank && Flag != '0');
            int zeros = Flag == '-' ? 0 : Math.Max(digits, Width) - text.Length - (value < 0 ? 1 : 0);
            if (blanks) buffer.Repeat((byte)' ', zeros);
            if (value < 0) buffer.Append((byte)'-');
            if (!blanks) buffer.Repeat((byte)'0', zeros);
            buffer.Append(text);
        }

        public void Offset(OutputBuffer buffer, TimeSpan offset)
        {
            var size = offset.Duration();
            buffer.Append(offset < TimeSpan.Zero ? (byte)'-' : (byte)'+');
            new Padding(Flag, Case, Width - 1).Number(buffer, (size.Hours * 100) + size.Minutes, 4, isBlank: false);
        }
    }
}
