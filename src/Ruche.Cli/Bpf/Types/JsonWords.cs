// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Ruche.Cli.Bpf.Types;

/// <summary>The member names of a type in bpftool's JSON, encoded once: a kernel has a million of them.</summary>
internal static class JsonWords
{
    public static readonly JsonEncodedText Anonymous = JsonEncodedText.Encode("(anon)");
    public static readonly JsonEncodedText BitFieldSize = JsonEncodedText.Encode("bitfield_size");
    public static readonly JsonEncodedText Bits = JsonEncodedText.Encode("nr_bits");
    public static readonly JsonEncodedText BitsOffset = JsonEncodedText.Encode("bits_offset");
    public static readonly JsonEncodedText Component = JsonEncodedText.Encode("component_idx");
    public static readonly JsonEncodedText Elements = JsonEncodedText.Encode("nr_elems");
    public static readonly JsonEncodedText Encoding = JsonEncodedText.Encode("encoding");
    public static readonly JsonEncodedText ForwardKind = JsonEncodedText.Encode("fwd_kind");
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText IndexTypeId = JsonEncodedText.Encode("index_type_id");
    public static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    public static readonly JsonEncodedText Length = JsonEncodedText.Encode("vlen");
    public static readonly JsonEncodedText Linkage = JsonEncodedText.Encode("linkage");
    public static readonly JsonEncodedText Members = JsonEncodedText.Encode("members");
    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    public static readonly JsonEncodedText Offset = JsonEncodedText.Encode("offset");
    public static readonly JsonEncodedText Parameters = JsonEncodedText.Encode("params");
    public static readonly JsonEncodedText ReturnTypeId = JsonEncodedText.Encode("ret_type_id");
    public static readonly JsonEncodedText Size = JsonEncodedText.Encode("size");
    public static readonly JsonEncodedText TypeId = JsonEncodedText.Encode("type_id");
    public static readonly JsonEncodedText Value = JsonEncodedText.Encode("val");
    public static readonly JsonEncodedText Values = JsonEncodedText.Encode("values");
    public static readonly JsonEncodedText Variables = JsonEncodedText.Encode("vars");
}
