package dev.backstop.cli.input;

/** Is told how far the reading has come; by many threads. */
public interface Meter {
    /** Nobody wants to know. */
    Meter NONE = new Meter() {
        @Override
        public void bytes(long more) {}

        @Override
        public void records(long more) {}
    };

    /** Of a file as it lies there, compressed or not. */
    void bytes(long more);

    void records(long more);
}
