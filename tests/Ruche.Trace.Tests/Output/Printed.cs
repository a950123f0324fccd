// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Trace.Output;

namespace Ruche.Trace.Tests.Output;

/// <summary>What an output wrote to its stream.</summary>
internal static class Printed
{
    public static string AsText(Action<TraceOutput> print, PrintContext? context = null) => AsTextAndErrors(print, context).Text;

    public static (string Text, string Errors) AsTextAndErrors(Action<TraceOutput> print, PrintContext? context = null)
    {
        using MemoryStream stream = new(), errors = new();
        TextOutput output = new(stream, errors, context ?? KnownNames.Context);
        print(output);
        output.Flush();
        return (Encoding.UTF8.GetString(stream.ToArray()), Encoding.UTF8.GetString(errors.ToArray()));
    }

    public static string AsJson(Action<TraceOutput> print)
    {
        using MemoryStream stream = new();
        JsonOutput output = new(stream, KnownNames.Context);
        print(output);
        output.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
