// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>What a pass works on: a function, the module that it is in, and what they are compiled for.</summary>
internal sealed record PassSubject(Module Module, Function Function, TargetProfile Target);
