// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Bpf.Maps.Events;

/// <summary>The buffer of a CPU, and its place in the map.</summary>
internal readonly record struct EventPlace(int Cpu, int Index);
