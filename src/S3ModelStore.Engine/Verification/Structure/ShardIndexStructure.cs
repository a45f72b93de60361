using System.Text.Json;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>
/// The index of a model in shards: its <c>weight_map</c> names for every tensor the file beside it that has it.
/// https://huggingface.co/docs/transformers/big_models#sharded-checkpoint
/// </summary>
internal static class ShardIndexStructure
{
    // Twice the tensors of the largest models make ten megabytes; the limit is for files that only have the name.
    private const long LargestIndex = 100_000_000;
    private const int MostShards = 100_000;
    private const int NamedInMessage = 3;

    /// <summary><c>model.safetensors.index.json</c>, <c>pytorch_model.bin.index.json</c>, or with a variant <c>….index.fp16.json</c>.</summary>
    public static bool IsIndex(string relativePath)
    {
        var name = relativePath.AsSpan(relativePath.LastIndexOf('/') + 1);
        if (!name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return false;
        var stem = name[..^".json".Length];
        if (!stem.EndsWith(".index", StringComparison.OrdinalIgnoreCase) && stem.LastIndexOf('.') is > 0 and var dot)
            stem = stem[..dot];
        return stem.EndsWith(".safetensors.index", StringComparison.OrdinalIgnoreCase) || stem.EndsWith(".bin.index", StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="file">Stands at the beginning.</param>
    /// <param name="relativePath">Of the index: shards are named from its directory.</param>
    /// <param name="isPresent">Whether the model has a file of this relative path.</param>
    public static StructureReport Check(Stream file, string relativePath, Func<string, bool> isPresent)
    {
        if (file.Length > LargestIndex)
            return StructureReport.Unknown(Messages.IndexTooLarge(file.Length));
        var shards = new HashSet<string>(StringComparer.Ordinal);
        if (FaultOfDocument(file, shards) is { } fault)
            return StructureReport.Invalid(fault);
        var directory = relativePath[..(relativePath.LastIndexOf('/') + 1)];
        return StructureReport.From(FaultOfNames(shards) ?? FaultOfAbsence(shards, directory, isPresent));
    }

    private static string? FaultOfDocument(Stream file, HashSet<string> shards)
    {
        var tokens = new JsonTokens(file, file.Length);
        try
        {
            return FaultOfDocument(ref tokens, shards);
        }
        finally
        {
            tokens.Dispose();
        }
    }

    private static string? FaultOfDocument(ref JsonTokens tokens, HashSet<string> shards)
    {
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartObject)
            return Messages.IndexNotAnObject;
        var isMapFound = false;
        while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
        {
            if (!tokens.Is("weight_map"u8))
            {
                tokens.SkipNext();
                continue;
            }

            isMapFound = true;
            if (FaultOfMap(ref tokens, shards) is { } fault)
                return fault;
        }

        tokens.Finish();
        return !isMapFound ? Messages.WeightMapMissing : shards.Count == 0 ? Messages.WeightMapEmpty : null;
    }

    private static string? FaultOfMap(ref JsonTokens tokens, HashSet<string> shards)
    {
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartObject)
            return Messages.WeightMapNotAnObject;
        while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
        {
            tokens.Read();
            if (tokens.Type != JsonTokenType.String)
                return Messages.WeightMapValueNotAName;
            shards.Add(tokens.GetString());
            if (shards.Count > MostShards)
                return Messages.WeightMapTooLarge(MostShards);
        }

        return null;
    }

    private static string? FaultOfNames(HashSet<string> shards)
        => shards.FirstOrDefault(Climbs) is { } name ? Messages.ShardElsewhere(QuotedName.Of(name)) : null;

    private static bool Climbs(string name)
        => name.Contains('\\', StringComparison.Ordinal)
            || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]))
            || name.Split('/').Any(segment => segment is "" or "." or "..");

    private static string? FaultOfAbsence(HashSet<string> shards, string directory, Func<string, bool> isPresent)
    {
        var missing = shards.Where(name => !isPresent(directory + name)).Order(StringComparer.Ordinal).ToArray();
        if (missing.Length == 0)
            return null;
        var names = string.Join(", ", missing.Take(NamedInMessage).Select(QuotedName.Of));
        var more = missing.Length > NamedInMessage ? Messages.AndMoreShards(missing.Length - NamedInMessage) : string.Empty;
        return missing.Length == 1 ? Messages.ShardMissing(shards.Count, names) : Messages.ShardsMissing(shards.Count, missing.Length, names, more);
    }
}
