// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Syntax;

/// <summary>
/// Where a probe attaches, split at colons outside quotes: <c>uprobe:/bin/bash:readline</c> has three parts. What they mean depends on
/// the first, see <see cref="Probes.AttachPointReader"/>.
/// </summary>
internal sealed record AttachPoint(SourceSpan Span, ImmutableArray<AttachPointPart> Parts) : SyntaxNode(Span);
