using S3ModelStore.Engine.Source.Sdk;

namespace S3ModelStore.Engine.Source;

/// <summary>What a person can choose from without asking a store.</summary>
public static class ConnectionChoices
{
    /// <summary>Names of the profiles in the shared configuration files, sorted. None when the files cannot be read.</summary>
    public static IReadOnlyList<string> Profiles() => ConnectionSettings.ProfileNames();

    /// <summary>AWS's regions: the name that requests are signed for, and the one for people.</summary>
    public static IReadOnlyList<(string Name, string Title)> Regions() => ConnectionSettings.Regions();
}
