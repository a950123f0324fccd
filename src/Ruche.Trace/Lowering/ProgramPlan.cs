// SPDX-License-Identifier: MIT
using Ruche.Trace.Binding;

namespace Ruche.Trace.Lowering;

/// <summary>A program and the places it is attached to.</summary>
/// <param name="Name">Its name in the object.</param>
/// <param name="Way">How it is attached.</param>
/// <param name="Probe">The places, and what it does.</param>
internal sealed record ProgramPlan(string Name, AttachWay Way, BoundProbe Probe);
