// SPDX-License-Identifier: MIT
using Ruche.Trace.Language;

namespace Ruche.Trace.Tests.Language;

/// <summary>Scripts with a mark in them, which is the place that an editor asks about.</summary>
internal static class MarkedScript
{
    public const char Mark = '‸';

    public static T Ask<T>(TraceWorkspace workspace, string marked, Func<TraceDocument, int, T> question)
    {
        int position = marked.IndexOf(Mark, StringComparison.Ordinal);
        return question(workspace.Open(marked.Remove(position, 1), TestScripts.Name), position);
    }
}
