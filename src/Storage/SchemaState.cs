namespace Lifeguard.Storage;

/// <summary>The tables of a database beside those that this version needs.</summary>
public enum SchemaState
{
    /// <summary>There are none.</summary>
    Empty,

    /// <summary>Some changes are still to be made to them.</summary>
    Older,

    /// <summary>They are what is needed.</summary>
    Current,
}
